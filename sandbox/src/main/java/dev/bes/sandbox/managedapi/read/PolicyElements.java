package dev.bes.sandbox.managedapi.read;

import static dev.bes.sandbox.managedapi.read.PolicyReader.Scope.API;
import static dev.bes.sandbox.managedapi.read.PolicyReader.Scope.OPERATION;
import static dev.bes.sandbox.managedapi.read.PolicyReader.Scope.PRODUCT;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.read.PolicyReader.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policies that the sandbox knows: where each may stand, and how it is read. Source: policy reference. */
final class PolicyElements {

    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);
    private static final List<String> INBOUND = List.of("inbound");
    private static final Set<String> ACTIONS = Set.of("override", "skip", "append", "delete");
    private static final Set<String> FIXED_HEADERS =
            Set.of("connection", "content-length", "keep-alive", "transfer-encoding");

    private final Map<String, Kind> kinds = new TreeMap<>();

    PolicyElements(LimitReader limits) {
        Set<Scope> belowGlobal = EnumSet.of(PRODUCT, API, OPERATION);
        List<String> everywhere = List.of("inbound", "backend", "outbound", "on-error");
        kinds.put("base", new Kind(everywhere, ALL, true, PolicyElements::base));
        kinds.put("forward-request", new Kind(List.of("backend"), ALL, true, ForwardReader::read));
        kinds.put("ip-filter", new Kind(INBOUND, ALL, false, IpFilterReader::read));
        kinds.put("quota", new Kind(INBOUND, EnumSet.of(PRODUCT), true, limits::quota));
        kinds.put("rate-limit", new Kind(INBOUND, belowGlobal, true, limits::rateLimit));
        kinds.put("rate-limit-by-key", new Kind(INBOUND, ALL, false, limits::rateLimitByKey));
        kinds.put(
                "set-backend-service",
                new Kind(List.of("inbound", "backend"), ALL, false, PolicyElements::setBackendService));
        kinds.put("set-header", new Kind(everywhere, ALL, false, PolicyElements::setHeader));
    }

    /**
     * One policy.
     *
     * @param once whether it may stand only once in a document
     */
    record Kind(List<String> sections, Set<Scope> scopes, boolean once, Function<XmlElement, Optional<Policy>> reader) {

        String scopeNames() {
            return scopes.stream().map(PolicyReader::name).collect(Collectors.joining(" or "));
        }
    }

    Map<String, Kind> kinds() {
        return kinds;
    }

    private static Optional<Policy> base(XmlElement at) {
        at.allow();
        isEmpty(at);
        return Optional.of(new Policy.Base());
    }

    private static Optional<Policy> setBackendService(XmlElement at) {
        at.allow("base-url");
        isEmpty(at);
        return at.require("base-url")
                .flatMap(url -> BackendAddress.of(url, (problem, advice) -> at.report("base-url", problem, advice)))
                .map(Policy.SetBackendService::new);
    }

    private static Optional<Policy> setHeader(XmlElement at) {
        at.allow("name", "exists-action");
        String action = at.attribute("exists-action").orElse("override");
        if (!ACTIONS.contains(action)) {
            at.report(
                    "exists-action",
                    "unknown exists-action '" + action + "'",
                    "write override, skip, append or delete");
            return Optional.empty();
        }
        List<String> values =
                at.children().stream().map(PolicyElements::headerValue).toList();
        if (values.isEmpty() != action.equals("delete")) {
            at.report(
                    "exists-action=\"" + action + "\" with " + values.size() + " values",
                    "write <value> elements, or exists-action=\"delete\" without");
        }
        return headerName(at, "name")
                .map(name -> new Policy.SetHeader(
                        name, Policy.ExistsAction.valueOf(action.toUpperCase(java.util.Locale.ROOT)), values));
    }

    private static String headerValue(XmlElement at) {
        if (!at.name().equals("value")) {
            at.report(at + " in <set-header>", "write <value> elements only");
        }
        at.allow();
        if (at.text().chars().anyMatch(it -> it < ' ' || it > '~')) {
            at.report("a header's value with control characters or beyond ASCII", "write it in one line of ASCII");
        }
        return at.text();
    }

    /** The name of a header in an attribute; empty when it is absent or a mistake. */
    static Optional<String> headerName(XmlElement at, String attribute) {
        Optional<String> name = attribute.equals("name") ? at.require(attribute) : at.attribute(attribute);
        if (name.isPresent() && !name.get().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            at.report(attribute, "'" + name.get() + "' is no name of a header", "write letters, digits and '-'");
            return Optional.empty();
        }
        if (name.isPresent() && FIXED_HEADERS.contains(name.get().toLowerCase(java.util.Locale.ROOT))) {
            at.report(attribute, "API Management does not change the header " + name.get(), "name another header");
            return Optional.empty();
        }
        return name;
    }

    /** Reports what is in an element that holds nothing. */
    static void isEmpty(XmlElement at) {
        at.children().forEach(child -> child.report(child + " in " + at, "remove it"));
        if (!at.text().isEmpty()) {
            at.report("text in " + at, "remove it");
        }
    }
}
