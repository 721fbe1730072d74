"""A reader's basket of paragraphs, which is nothing but its address. Pure."""
