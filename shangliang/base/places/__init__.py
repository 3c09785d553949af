"""地方：政协委员会、承办单位、界别、专委会、联络组。Committees in a tree of division codes, and the bodies
beside them.

Everybody may see them; the tree is public."""
