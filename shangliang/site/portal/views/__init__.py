"""The public site: it joins packages and decides nothing."""
