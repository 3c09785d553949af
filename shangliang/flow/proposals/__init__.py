"""提案：委员和各方面写的一件事，联名、审查、立案、交办、答复、各签名人自己评。Proposals: written and signed
by members, looked over by two, filed under a number, handled by departments, rated by each who signed.

A draft is its writer's; what was filed stays under the proposal's own key."""
