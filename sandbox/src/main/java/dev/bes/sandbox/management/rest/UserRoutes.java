package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.User;
import dev.bes.sandbox.management.Users;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The users and groups. Sources: {@code apimusers.json} and {@code apimgroups.json} of API Management's specification. */
public final class UserRoutes {

    private static final String ONE = "/users/{uid}";
    private static final String MEMBER = "/groups/{gid}/users/{uid}";

    private final Users users;

    /** Routes for these users. */
    public UserRoutes(Users users) {
        this.users = users;
    }

    /** The operations. */
    public List<ManagementRoute> routes() {
        return List.of(
                new ManagementRoute("GET", "/users", request -> list(request, users.all())),
                new ManagementRoute("GET", ONE, request -> one(request, 200)),
                new ManagementRoute("HEAD", ONE, this::head),
                new ManagementRoute("PUT", ONE, this::put),
                new ManagementRoute("DELETE", ONE, this::delete),
                new ManagementRoute(
                        "GET",
                        ONE + "/groups",
                        request -> groups(
                                request, users.user(request.variable("uid")).groups())),
                new ManagementRoute("GET", "/groups", request -> groups(request, users.groups())),
                new ManagementRoute("GET", "/groups/{gid}", this::group),
                new ManagementRoute(
                        "GET", "/groups/{gid}/users", request -> list(request, users.in(request.variable("gid")))),
                new ManagementRoute("PUT", MEMBER, this::join),
                new ManagementRoute("DELETE", MEMBER, this::leave));
    }

    private static Reply list(ManagementRequest request, List<User> found) {
        return Listing.of(request, found, UserRoutes::fields, each -> resource(request, each));
    }

    private Reply one(ManagementRequest request, int status) {
        User user = users.user(request.variable("uid"));
        return ArmJson.reply(status, resource(request, user)).with("ETag", ArmJson.etag(user));
    }

    private Reply head(ManagementRequest request) {
        return new Reply(200, Map.of("ETag", ArmJson.etag(users.user(request.variable("uid")))), "");
    }

    private Reply put(ManagementRequest request) {
        JsonNode properties = request.properties();
        User wanted = new User(
                identifier(request),
                properties.path("firstName").asString(""),
                properties.path("lastName").asString(""),
                properties.path("email").asString(""),
                null,
                List.of());
        return one(request, users.put(wanted, Preconditions.optional(request.request())) ? 201 : 200);
    }

    private Reply delete(ManagementRequest request) {
        boolean withSubscriptions = request.request()
                .query("deleteSubscriptions")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        boolean known =
                users.delete(request.variable("uid"), withSubscriptions, Preconditions.required(request.request()));
        return new Reply(known ? 200 : 204, Map.of(), "");
    }

    private static Reply groups(ManagementRequest request, List<String> names) {
        return Listing.of(request, names, name -> Map.of("name", name), name -> group(request, name));
    }

    private Reply group(ManagementRequest request) {
        users.checkGroup(request.variable("gid"));
        return ArmJson.reply(200, group(request, request.variable("gid")));
    }

    private Reply join(ManagementRequest request) {
        boolean isNew = users.join(request.variable("uid"), request.variable("gid"));
        return one(request, isNew ? 201 : 200);
    }

    private Reply leave(ManagementRequest request) {
        boolean known = users.leave(request.variable("uid"), request.variable("gid"));
        return new Reply(known ? 200 : 204, Map.of(), "");
    }

    private static String identifier(ManagementRequest request) {
        Users.checkIdentifier(request.variable("uid"));
        return request.variable("uid");
    }

    private static Map<String, Object> resource(ManagementRequest request, User user) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("firstName", user.firstName());
        properties.put("lastName", user.lastName());
        properties.put("email", user.email());
        properties.put("state", "active");
        properties.put("registrationDate", String.valueOf(user.registered()));
        properties.put("identities", List.of());
        properties.put(
                "groups",
                user.groups().stream().map(name -> group(request, name)).toList());
        return ArmJson.resource(request.service(), "users", "/users/" + user.id(), properties);
    }

    private static Map<String, Object> group(ManagementRequest request, String name) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("displayName", Character.toUpperCase(name.charAt(0)) + name.substring(1));
        properties.put("builtIn", Users.isBuiltIn(name));
        properties.put("type", Users.isBuiltIn(name) ? "system" : "custom");
        return ArmJson.resource(request.service(), "groups", "/groups/" + name, properties);
    }

    private static Map<String, String> fields(User user) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", user.id());
        fields.put("firstName", user.firstName());
        fields.put("lastName", user.lastName());
        fields.put("email", user.email());
        fields.put("state", "active");
        return fields;
    }
}
