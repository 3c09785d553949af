"""商量：政协委员工作室的开放平台。Shangliang carries a resident's word to a department's answer, in the open."""
