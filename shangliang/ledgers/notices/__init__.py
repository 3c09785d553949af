"""通知：谁该知道，告诉了没有。Notices: who should know, and whether they were told.

Staff read what their own seats were told, residents their own thread; subscribers get public things only.
The operator sees that something was sent, and to whom only masked."""
