"""承办单位的门：要办的事按期限排着，一件一件答复、报进展。The departments' door: what waits for a handler, by
clock. It joins voices and recommendations and decides nothing."""
