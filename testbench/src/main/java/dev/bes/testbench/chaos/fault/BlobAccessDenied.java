package dev.bes.testbench.chaos.fault;

import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.Link;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.util.Map;

/**
 * The blob store refuses the key of one node, and the references that its jobs were given: as after a change of the account's
 * key. Source of the answer: "Blob Service error codes", AuthenticationFailed.
 */
public record BlobAccessDenied(int node) implements ChaosFault {

    private static final String BODY = """
            <?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to \
            authenticate the request. Make sure the value of Authorization header is formed correctly including the \
            signature.</Message></Error>""";

    @Override
    public String name() {
        return Link.BLOBS.title + ": key refused";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.BLOBS_FAILING;
    }

    @Override
    public String target() {
        return Link.BLOBS.title + " of " + ChaosNode.name(node);
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/xml", "x-ms-error-code", "AuthenticationFailed");
        InjectedFault refusal = environment
                .node(node)
                .proxies()
                .proxy(Link.BLOBS)
                .inject(new CallFault.AnswerWithoutForwarding(new Reply(403, headers, BODY)), CallMatcher.always());
        return refusal::clear;
    }
}
