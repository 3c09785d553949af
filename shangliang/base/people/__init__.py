"""人：账号、职务、查询码持有人，和居民个人信息的钥匙。Who acts: people with posts, holders of a code,
guests; and the keyring.

Residents need no account. A person's own page is theirs; who may see a contact is decided by the thing it
belongs to."""
