"""Who may see what and do what: one declared table, printed as docs/who-may.md, checked cell by cell.

`columns` are the actors by their relation to the thing; `seeing` and `doing` the cells, `addresses` every
page. `things` lays down each thing in each state, `cast` the actors; `probes`, `trying` and `asking` put the
question to the house itself. The tests hold that no state, move, action or address is without its row, and
that no row outlived its thing."""
