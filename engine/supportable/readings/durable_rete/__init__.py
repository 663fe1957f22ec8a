"""What the durable reading is made of, apart from the production engine itself.

`lowering` turns a plan into productions and a schedule, `atoms` computes single values, `judging` goes through the
schedule for one design, and `worker` keeps the process in which the production engine runs. Nothing here imports the
engine, the reference reading's evaluator or the compiled reading: what they have in common with this one is the facts,
comparisons of products, candidates of catalogues, and how findings make bounds.
"""
