"""社情民意信息：委员把看到的事写成一篇，从工作室到专报，再到采用和批示。Opinion reports: written by members,
looked over by the studio, edited, checked and signed by the office, issued in a numbered bulletin.

Read by the writer, the studio's conveners and the committee's office; a resident's words are never copied."""
