"""办事的人看一条留言、走一步：the office's side of a voice, shared by the desk and the departments' door.

`forms` ask, `moves` say which action a form calls and what is said afterwards, `pane` shows one voice."""
