package dev.bes.testbench.chaos;

import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.checker.Fault;
import dev.bes.testbench.proxy.InjectedFault;
import dev.bes.testbench.proxy.When;
import java.util.Map;

/**
 * The blob store refuses the key of one node, and the references that its jobs were given: as after a change of the account's
 * key. Source of the answer: "Blob Service error codes", AuthenticationFailed.
 */
record StoreRefuses(int node) implements Mischief {

    private static final String BODY = """
            <?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to \
            authenticate the request. Make sure the value of Authorization header is formed correctly including the \
            signature.</Message></Error>""";

    @Override
    public String name() {
        return Link.BLOBS.words + ": key refused";
    }

    @Override
    public Fault fault() {
        return Fault.BLOBS_SICK;
    }

    @Override
    public String target() {
        return Link.BLOBS.words + " of " + ChaosNode.name(node);
    }

    @Override
    public Undo begin(Stage stage) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/xml", "x-ms-error-code", "AuthenticationFailed");
        InjectedFault refusal = stage.node(node)
                .links()
                .proxy(Link.BLOBS)
                .inject(
                        new dev.bes.testbench.proxy.Fault.AnswerWithoutForwarding(new Reply(403, headers, BODY)),
                        When.always());
        return refusal::clear;
    }
}
