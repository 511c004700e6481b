package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.Administration;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.SubscriptionChange;
import dev.bes.sandbox.management.Users;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscriptions. Source: {@code apimsubscriptions.json} of API Management's specification. */
public final class SubscriptionRoutes {

    private static final String ONE = "/subscriptions/{sid}";

    private final Administration administration;
    private final Users users;

    /** Routes for what administrators do. */
    public SubscriptionRoutes(Administration administration, Users users) {
        this.administration = administration;
        this.users = users;
    }

    /** The operations. */
    public List<ManagementRoute> routes() {
        return List.of(
                new ManagementRoute("GET", "/subscriptions", request -> list(request, all -> true)),
                new ManagementRoute("GET", "/products/{pid}/subscriptions", this::ofProduct),
                new ManagementRoute("GET", "/users/{uid}/subscriptions", this::ofUser),
                new ManagementRoute("GET", ONE, request -> one(request, 200)),
                new ManagementRoute("HEAD", ONE, this::head),
                new ManagementRoute("PUT", ONE, this::put),
                new ManagementRoute("PATCH", ONE, this::patch),
                new ManagementRoute("DELETE", ONE, this::delete),
                new ManagementRoute("POST", ONE + "/listSecrets", this::secrets),
                new ManagementRoute("POST", ONE + "/regeneratePrimaryKey", this::regeneratePrimaryKey),
                new ManagementRoute("POST", ONE + "/regenerateSecondaryKey", this::regenerateSecondaryKey));
    }

    private Reply list(ManagementRequest request, Predicate<Subscription> wanted) {
        return Listing.of(
                request,
                administration.subscriptions().stream().filter(wanted).toList(),
                SubscriptionRoutes::fields,
                each -> resource(request, each));
    }

    private Reply ofProduct(ManagementRequest request) {
        String product = administration.product(request.variable("pid")).id();
        return list(request, each -> each.productId().filter(product::equals).isPresent());
    }

    private Reply ofUser(ManagementRequest request) {
        String user = users.user(request.variable("uid")).id();
        return list(request, each -> user.equals(each.ownerId()));
    }

    private Reply one(ManagementRequest request, int status) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        return ArmJson.reply(status, resource(request, subscription)).with("ETag", ArmJson.etag(subscription));
    }

    private Reply head(ManagementRequest request) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        return new Reply(200, Map.of("ETag", ArmJson.etag(subscription)), "");
    }

    private Reply put(ManagementRequest request) {
        String sid = request.variable("sid");
        SubscriptionChange change = new SubscriptionProperties(request).read();
        boolean isNew = administration.put(sid, change, Preconditions.optional(request.request()));
        return one(request, isNew ? 201 : 200);
    }

    private Reply patch(ManagementRequest request) {
        SubscriptionChange change = new SubscriptionProperties(request).read();
        administration.update(request.variable("sid"), change, Preconditions.required(request.request()));
        return one(request, 200);
    }

    private Reply delete(ManagementRequest request) {
        boolean known = administration.delete(request.variable("sid"), Preconditions.required(request.request()));
        return new Reply(known ? 200 : 204, Map.of(), "");
    }

    private Reply secrets(ManagementRequest request) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("primaryKey", subscription.primaryKey());
        keys.put("secondaryKey", subscription.secondaryKey());
        return ArmJson.reply(200, keys).with("ETag", ArmJson.etag(subscription)).with("Cache-Control", "no-store");
    }

    private Reply regeneratePrimaryKey(ManagementRequest request) {
        administration.regeneratePrimaryKey(request.variable("sid"));
        return Reply.noContent();
    }

    private Reply regenerateSecondaryKey(ManagementRequest request) {
        administration.regenerateSecondaryKey(request.variable("sid"));
        return Reply.noContent();
    }

    private static Map<String, Object> resource(ManagementRequest request, Subscription subscription) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        String owner = subscription.ownerId();
        properties.put("ownerId", owner == null ? null : request.service() + "/users/" + owner);
        properties.put("scope", request.service() + subscription.scope());
        properties.put("displayName", subscription.displayName());
        properties.put("state", state(subscription));
        properties.put("createdDate", text(subscription.created()));
        properties.put("startDate", text(subscription.started()));
        properties.put("expirationDate", text(subscription.expires()));
        properties.put("endDate", text(subscription.ended()));
        properties.put("notificationDate", null);
        properties.put("stateComment", subscription.stateComment());
        properties.put("allowTracing", false);
        return ArmJson.resource(request.service(), "subscriptions", "/subscriptions/" + subscription.sid(), properties);
    }

    private static Map<String, String> fields(Subscription subscription) {
        Map<String, String> fields = new LinkedHashMap<>();
        String owner = Objects.requireNonNullElse(subscription.ownerId(), "");
        fields.put("name", subscription.sid());
        fields.put("displayName", subscription.displayName());
        fields.put("stateComment", Objects.requireNonNullElse(subscription.stateComment(), ""));
        fields.put("ownerId", owner.isEmpty() ? "" : "/users/" + owner);
        fields.put("scope", subscription.scope());
        fields.put("userId", owner);
        fields.put("productId", subscription.productId().orElse(""));
        fields.put("state", state(subscription));
        return fields;
    }

    private static String state(Subscription subscription) {
        return subscription.state().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
