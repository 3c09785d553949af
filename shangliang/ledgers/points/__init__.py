"""积分：做了一件事，记一笔账，每一笔都点得开。Points: entries per member, posted with the act by a
dated tariff.

A member reads their own statement; officers, leaders and auditors those of their committee. Nobody is ranked,
residents have no points."""
