"""Books kept from the journal; each can be thrown away and posted again."""
