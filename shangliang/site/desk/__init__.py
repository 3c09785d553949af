"""办公桌：政协干部和召集人受理、分办、记录、审核、管工作室。The desk of officers and conveners.

It joins packages and decides nothing."""
