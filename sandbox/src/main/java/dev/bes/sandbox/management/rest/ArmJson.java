package dev.bes.sandbox.management.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.ManagementError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes resources, entity tags and errors as Azure Resource Manager's providers do. */
public final class ArmJson {

    private static final JsonMapper json = JsonMapper.builder().build();

    private ArmJson() {}

    /** A reply with a body. */
    public static Reply reply(int status, Object body) {
        return Reply.json(status, json.writeValueAsString(body));
    }

    /**
     * A resource.
     *
     * @param type its type below {@code Microsoft.ApiManagement/service/}, as {@code subscriptions}
     * @param path its path below the service, as {@code /subscriptions/starter}
     */
    static Map<String, Object> resource(
            String service, String type, String path, Map<String, ? extends @Nullable Object> properties) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("id", service + path);
        resource.put("type", "Microsoft.ApiManagement/service/" + type);
        resource.put("name", path.substring(path.lastIndexOf('/') + 1));
        resource.put("properties", properties);
        return resource;
    }

    /** A reply with the error {@code {"error": {"code", "message", "details"}}}; details are null without fields. */
    public static Reply error(ManagementError error) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("code", error.code());
        body.put("message", error.message());
        body.put("details", error.details().isEmpty() ? null : details(error));
        return reply(error.status(), Map.of("error", body));
    }

    /** The entity tag: it changes with any field. */
    static String etag(Object entity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(json.writeValueAsString(entity).getBytes(UTF_8));
            return "\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, 12)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Map<String, String>> details(ManagementError error) {
        return error.details().stream()
                .map((ManagementError.Detail each) -> {
                    Map<String, String> detail = new LinkedHashMap<>();
                    detail.put("code", "ValidationError");
                    detail.put("target", each.target());
                    detail.put("message", each.message());
                    return detail;
                })
                .toList();
    }
}
