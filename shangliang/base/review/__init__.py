"""审核：一段话能不能给大家看。Review: may it be shown? Reasons from a closed list; the author always sees
why.

The matter itself goes on whatever the review says. Who may see a thing is its own package's word."""
