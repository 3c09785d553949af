"""成果：一个题目办出了什么，有凭有据。Results: what came of a consultation, with evidence.

Everybody sees a published one; a draft is for the officers who write it."""
