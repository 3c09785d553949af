"""履职活动：计划、发通知、报名、签到、记录、公开；每一类量什么，写在一张表里。Activities of members: planned,
announced, signed up for, checked in to, recorded with measures by kind, published.

Helped people are counted, never listed: no column here holds their names."""
