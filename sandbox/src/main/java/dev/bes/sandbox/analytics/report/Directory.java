package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import dev.bes.sandbox.management.User;
import dev.bes.sandbox.management.Users;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What exists now, with the names that people see. What was deleted goes by its id. */
public final class Directory {

    private static final String NONE = "(none)";

    private final ManagedApi api;
    private final Subscriptions subscriptions;
    private final Users users;

    /** Creates a directory that asks these each time. */
    public Directory(ManagedApi api, Subscriptions subscriptions, Users users) {
        this.api = api;
        this.subscriptions = subscriptions;
        this.users = users;
    }

    /** A key for each row that a report has even without calls. */
    public List<Series> existing(Dimension dimension) {
        Stream<Series> all = switch (dimension) {
            case API -> Stream.of(new Series(api.id(), null, null, null, null));
            case OPERATION -> api.operations().stream().map(each -> new Series(api.id(), each.id(), null, null, null));
            case PRODUCT -> api.products().stream().map(each -> new Series(null, null, each.id(), null, null));
            case SUBSCRIPTION ->
                subscriptions.all().stream()
                        .map(each -> new Series(null, null, each.productId().orElse(null), each.sid(), each.ownerId()));
            case USER -> users.all().stream().map(each -> new Series(null, null, null, null, each.id()));
        };
        return all.toList();
    }

    /** The names of the rows of a report. A call of an unknown operation, or without a known key, is of none. */
    public Function<Series, String> names(Dimension dimension) {
        return switch (dimension) {
            case API -> row -> api.id().equals(row.apiId()) ? api.displayName() : orNone(row.apiId());
            case OPERATION -> {
                Map<String, String> names =
                        api.operations().stream().collect(Collectors.toMap(Operation::id, Operation::displayName));
                yield row -> name(names, row.operationId());
            }
            case PRODUCT -> {
                Map<String, String> names =
                        api.products().stream().collect(Collectors.toMap(Product::id, Product::displayName));
                yield row -> name(names, row.productId());
            }
            case SUBSCRIPTION -> {
                Map<String, String> names = subscriptions.all().stream()
                        .collect(Collectors.toMap(Subscription::sid, Subscription::displayName));
                yield row -> name(names, row.sid());
            }
            case USER -> {
                Map<String, String> names = users.all().stream().collect(Collectors.toMap(User::id, User::fullName));
                yield row -> name(names, row.userId());
            }
        };
    }

    private static String name(Map<String, String> names, @Nullable String id) {
        return id == null ? NONE : names.getOrDefault(id, id);
    }

    private static String orNone(@Nullable String id) {
        return id == null ? NONE : id;
    }
}
