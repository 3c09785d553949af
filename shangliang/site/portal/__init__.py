"""门户：首页、找工作室、查进度、搜索。The public site: it joins packages and decides nothing."""
