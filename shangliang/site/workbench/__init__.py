"""委员的工作台：今天的事，我的题目，明白账。The member's today, topics and statement."""
