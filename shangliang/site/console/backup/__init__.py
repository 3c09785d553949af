"""备份与恢复：整站一份，钥匙另放。A copy of the whole site, its keys apart, that is proved by coming back.

A backup is a folder that is whole in itself: `main.*`, what is told outside the database, `media/`,
`manifest.json`, and `SHA256SUMS`, which anybody can check with `sha256sum -c`. The keyring's folder is made
after it, elsewhere."""
