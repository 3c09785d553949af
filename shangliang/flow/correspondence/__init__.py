"""委员留言：委员写给工作室的话，一来一回。Correspondence: a member writes to a studio, it answers.

To a studio of any level. No voice of a resident, and no clock runs on it: colleagues write to each other.
Only the writer, the studio's conveners and its committee's office read it."""
