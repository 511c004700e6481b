package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.ManagementError.Detail;
import dev.bes.sandbox.management.Subscription.State;
import dev.bes.sandbox.management.SubscriptionChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the properties of a subscription that a request sends. Fields that it does not know are ignored, as in Azure. */
final class SubscriptionProperties {

    private static final Pattern OWNER = Pattern.compile("(?:/subscriptions/.+)?/users/([^/]+)");
    private static final Pattern SCOPE = Pattern.compile(
            "(?:/subscriptions/[^/]+/resourceGroups/.+?/service/[^/]+)?(/apis/?|/(?:apis|products)/[^/]+)");

    private final JsonNode properties;
    private final List<Detail> mistakes = new ArrayList<>();

    /** @throws ManagementError when the body is no JSON object with properties */
    SubscriptionProperties(ManagementRequest request) {
        this.properties = request.properties();
    }

    /** @throws ManagementError with all properties that cannot be read */
    SubscriptionChange read() {
        SubscriptionChange change = new SubscriptionChange(
                text("displayName"),
                scope(),
                owner(),
                text("primaryKey"),
                text("secondaryKey"),
                state(),
                date(),
                text("stateComment"));
        if (!mistakes.isEmpty()) {
            throw ManagementError.invalid(mistakes);
        }
        return change;
    }

    private @Nullable String text(String name) {
        JsonNode value = properties.path(name);
        if (!value.isString() && !value.isNull() && !value.isMissingNode()) {
            mistakes.add(new Detail(name, "'" + name + "' must be a string."));
        }
        return value.isString() ? value.stringValue() : null;
    }

    private @Nullable String scope() {
        String text = text("scope");
        Matcher scope = SCOPE.matcher(text == null ? "/apis" : text);
        if (!scope.matches()) {
            mistakes.add(new Detail(
                    "scope", "Subscription scope should be one of '/apis', '/apis/{apiId}', '/products/{productId}'"));
            return null;
        }
        return text == null ? null : scope.group(1).replaceFirst("/$", "");
    }

    private @Nullable String owner() {
        String text = text("ownerId");
        Matcher owner = OWNER.matcher(text == null ? "" : text);
        if (text != null && !owner.matches()) {
            mistakes.add(new Detail("ownerId", "'ownerId' must be of the form '/users/{userId}'."));
        }
        return text != null && owner.matches() ? owner.group(1) : null;
    }

    private @Nullable State state() {
        String text = text("state");
        if (text == null) {
            return null;
        }
        for (State state : State.values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        String known = Arrays.toString(State.values()).toLowerCase(Locale.ROOT);
        mistakes.add(new Detail("state", "'state' must be one of " + known + "."));
        return null;
    }

    private @Nullable Instant date() {
        String text = text("expirationDate");
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            mistakes.add(new Detail("expirationDate", "'expirationDate' must be a date as 2026-12-31T00:00:00Z."));
            return null;
        }
    }
}
