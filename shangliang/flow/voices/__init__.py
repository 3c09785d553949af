"""群众留言：老百姓跟委员工作室说的话，和这句话后来怎么样了。Voices: what a resident says to a studio, and
what came of it.

A voice is read by its author (with the tracking code), its studio, its committee's office, the department
that was asked, and the committee above once it was sent up; everybody else sees its public wording, dates
and answer once the review has shown it."""
