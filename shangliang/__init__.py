"""商量：政协委员工作室的开放平台。A resident's word, carried to a department's answer, in the open."""
