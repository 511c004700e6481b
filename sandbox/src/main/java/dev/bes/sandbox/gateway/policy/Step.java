package dev.bes.sandbox.gateway.policy;

import java.util.Optional;

/** One policy, ready to run on a call. */
@FunctionalInterface
interface Step {

    /** Changes the call; a refusal ends its section. */
    Optional<Refusal> run(GatewayCall call);
}
