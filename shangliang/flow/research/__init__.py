"""调研报告和监督式调研：一个班子下去看、写成报告，报送以后每一条建议怎么样；监督式调研一直到整改有凭据。
Research reports and supervision by study: a team goes and sees, writes, the office looks, signs and sends it;
what became of each piece of advice, what was put right, closed only with evidence.

Read by the team, the committee's office, and the conveners of studios that joined; residents' words are never
copied."""
