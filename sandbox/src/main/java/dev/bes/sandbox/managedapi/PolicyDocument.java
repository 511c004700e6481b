package dev.bes.sandbox.managedapi;

import java.util.List;

/**
 * The policies of one scope, in the order of their file. {@link Policy.Base} stands for those of the scope around it.
 *
 * @param inbound for the request
 * @param backend around the call of the backend
 * @param outbound for the response
 * @param onError for the response to a call that failed or was refused
 */
public record PolicyDocument(List<Policy> inbound, List<Policy> backend, List<Policy> outbound, List<Policy> onError) {

    /** No policies of its own: each section is that of the scope around it. */
    public static final PolicyDocument INHERITED = new PolicyDocument(
            List.of(new Policy.Base()),
            List.of(new Policy.Base()),
            List.of(new Policy.Base()),
            List.of(new Policy.Base()));

    /** What API Management has at the global scope until it is changed: it forwards the request. */
    public static final PolicyDocument GLOBAL_DEFAULT =
            new PolicyDocument(List.of(), List.of(new Policy.ForwardRequest(null, false)), List.of(), List.of());
}
