package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.management.Administration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The products, to read: they are defined by the documents of the managed API. Source: {@code apimproducts.json} of API
 * Management's specification.
 */
public final class ProductRoutes {

    private final Administration administration;

    /** Routes for the products. */
    public ProductRoutes(Administration administration) {
        this.administration = administration;
    }

    /** The operations. */
    public List<ManagementRoute> routes() {
        return List.of(
                new ManagementRoute("GET", "/products", this::list),
                new ManagementRoute("GET", "/products/{pid}", this::one));
    }

    private Reply list(ManagementRequest request) {
        return Listing.of(request, administration.products(), ProductRoutes::fields, each -> resource(request, each));
    }

    private Reply one(ManagementRequest request) {
        return ArmJson.reply(200, resource(request, administration.product(request.variable("pid"))));
    }

    private static Map<String, Object> resource(ManagementRequest request, Product product) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("displayName", product.displayName());
        properties.put("description", product.description());
        properties.put("subscriptionRequired", product.subscriptionRequired());
        properties.put("approvalRequired", product.approvalRequired());
        properties.put("subscriptionsLimit", product.subscriptionsLimit());
        properties.put("state", state(product));
        return ArmJson.resource(request.service(), "products", "/products/" + product.id(), properties);
    }

    private static Map<String, String> fields(Product product) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", product.id());
        fields.put("displayName", product.displayName());
        fields.put("description", product.description());
        fields.put("state", state(product));
        return fields;
    }

    private static String state(Product product) {
        return product.published() ? "published" : "notPublished";
    }
}
