"""命令：演示、开站、封存、查验、指标、重记、印图。What is done from a shell: `manage.py help` lists it."""
