"""领导页：点题、同意上线、看联系的工作室和超期的事。A leader's page: it joins and decides nothing."""
