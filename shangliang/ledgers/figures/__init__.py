"""统计：每个数都点得开。Figures: tallies posted from the journal behind its seals, and, beside them, totals
that committees report, with their source and the records linked to them.

Everybody may see the numbers; the rows behind one are those that the reader may see, and how many are left
out."""
