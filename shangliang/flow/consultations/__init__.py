"""协商：一个题目，大家商量，写成建议，有人答复。Consultations: a topic, what people said, who answers.

A topic is seen by its committee until it is opened or declined; from then on by everybody."""
