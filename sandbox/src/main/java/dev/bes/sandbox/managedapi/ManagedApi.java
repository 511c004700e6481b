package dev.bes.sandbox.managedapi;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The managed API: one API of API Management, the products that contain it, and the policies of all scopes.
 *
 * @param id the name of the API's resource
 * @param path the URL suffix of the API, without slashes around it
 * @param backend the backend's address where no policy names one: the first https server of the OpenAPI document
 * @param subscriptionRequired whether a call needs a subscription key
 * @param keyHeader the header of the subscription key
 * @param keyQuery the query parameter of the subscription key; it is read only without the header
 * @param globalPolicies the policies of the global scope
 * @param policies the policies of the API; null when it has none of its own
 * @param operationPolicies the policies of operations, by the operation's id
 */
public record ManagedApi(
        String id,
        String displayName,
        String description,
        String path,
        @Nullable URI backend,
        boolean subscriptionRequired,
        String keyHeader,
        String keyQuery,
        List<Operation> operations,
        List<Product> products,
        PolicyDocument globalPolicies,
        @Nullable PolicyDocument policies,
        Map<String, PolicyDocument> operationPolicies) {

    /** The operation of that id, if the API has it. */
    public Optional<Operation> operation(String operationId) {
        return operations.stream().filter(it -> it.id().equals(operationId)).findFirst();
    }

    /** The product of that id, if there is one. */
    public Optional<Product> product(String productId) {
        return products.stream().filter(it -> it.id().equals(productId)).findFirst();
    }
}
