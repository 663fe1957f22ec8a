"""Is this design supported?"""
