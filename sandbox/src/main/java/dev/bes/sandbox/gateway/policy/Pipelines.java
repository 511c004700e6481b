package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.PolicyDocument;
import dev.bes.sandbox.managedapi.Product;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pipelines of a managed API, one for each operation and product. {@code <base/>} is where the policies of the scope
 * around run: global, product, API, operation, from the widest to the narrowest. Source: API Management, policies.
 */
public final class Pipelines {

    private static final String NO_PRODUCT = "";

    private final Map<String, Pipeline> byOperationAndProduct = new HashMap<>();
    private final Steps steps;

    /**
     * Makes the pipelines.
     *
     * @param backend the services of the sandbox: they stand for every address of {@code set-backend-service}
     * @param periodScale factor on the periods of the limits
     */
    public Pipelines(ManagedApi api, Handler backend, double periodScale) {
        this.steps = new Steps(backend, periodScale);
        for (Operation operation : api.operations()) {
            add(api, operation, NO_PRODUCT, PolicyDocument.INHERITED);
            for (Product product : api.products()) {
                add(api, operation, product.id(), product.policies());
            }
        }
    }

    /**
     * Continues the counters of the limits in a file.
     *
     * @param clock the clock of the calls
     */
    public void keepCounters(CounterFile file, InstantSource clock) {
        steps.keepCounters(file, clock);
    }

    /** The pipeline of a call. */
    public Pipeline of(Operation operation, Optional<Product> product) {
        String key = key(operation, product.map(Product::id).orElse(NO_PRODUCT));
        return Objects.requireNonNull(byOperationAndProduct.get(key));
    }

    private void add(ManagedApi api, Operation operation, String productId, PolicyDocument ofProduct) {
        List<Scope> scopes = List.of(
                new Scope("global", api.globalPolicies()),
                new Scope("product " + productId, ofProduct),
                new Scope("api", Objects.requireNonNullElse(api.policies(), PolicyDocument.INHERITED)),
                new Scope(
                        "operation " + operation.id(),
                        api.operationPolicies().getOrDefault(operation.id(), PolicyDocument.INHERITED)));
        List<Step> beforeReply = new ArrayList<>(section(scopes, PolicyDocument::inbound, "inbound"));
        beforeReply.addAll(section(scopes, PolicyDocument::backend, "backend"));
        byOperationAndProduct.put(
                key(operation, productId),
                new Pipeline(
                        List.copyOf(beforeReply),
                        section(scopes, PolicyDocument::outbound, "outbound"),
                        section(scopes, PolicyDocument::onError, "on-error")));
    }

    private record Scope(String name, PolicyDocument policies) {}

    private List<Step> section(List<Scope> scopes, Function<PolicyDocument, List<Policy>> section, String name) {
        List<Step> inner = List.of();
        for (Scope scope : scopes) {
            inner = section(scope, section.apply(scope.policies()), name, inner);
        }
        return inner;
    }

    private List<Step> section(Scope scope, List<Policy> policies, String name, List<Step> base) {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i) instanceof Policy.Base) {
                all.addAll(base);
            } else {
                all.add(steps.of(policies.get(i), name, scope.name() + "/" + i));
            }
        }
        return List.copyOf(all);
    }

    private static String key(Operation operation, String productId) {
        return operation.id() + "\n" + productId;
    }
}
