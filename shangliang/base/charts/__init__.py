"""办理图：一件事怎样从一个状态到另一个状态。Charts: rows of moves, and the small engine that carries them
out.

The same row gives permission, button, journal entry, refusal and the line in the docs."""
