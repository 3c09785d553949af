"""第一天：每个职务头几步怎么走，做过的打勾。The first day of each role, and the way to the practice room."""
