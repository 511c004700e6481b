package dev.bes.testbench.chaos.fault;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.settings.NextFaults;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.util.Locale;

/**
 * Batch endpoints go wrong as the real ones do: an answer is lost, a token is for another audience, a status says NotResponding, a job
 * loses its machine.
 *
 * @param times how often at most
 */
public record EndpointTrouble(NextFaults.Fault fault, int times) implements ChaosFault {

    @Override
    public String name() {
        return target() + ": " + fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public FaultKind kind() {
        return FaultKind.REMOTE_FAILING;
    }

    @Override
    public String target() {
        return "batch endpoints";
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        set(environment.sandbox(), times);
        return () -> set(environment.sandbox(), 0);
    }

    private void set(Sandbox sandbox, int left) {
        sandbox.batchEndpoints(sandbox.batchEndpoints().withNext(fault, left));
    }
}
