"""制度：每级政协的规矩，谁发的、哪天起、管着什么。Rule book: rules in editions, and what each governs.

An edition is never overwritten; a new one stands beside it with the reason. What a setting is and what it
says today is told by the package that keeps it (`values`)."""
