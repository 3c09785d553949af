"""命令：演示、开站、封存、查验、备份、恢复、指标、重记、印图。Done from a shell: see `manage.py help`."""
