package dev.bes.sandbox.portal.subscriptions;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.management.Administration;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.SubscriptionChange;
import dev.bes.sandbox.management.User;
import dev.bes.sandbox.management.Users;
import dev.bes.sandbox.portal.Page;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages of the subscriptions: all of them, one with its keys, and those of one user. */
public final class SubscriptionPages {

    private static final String ALL = "/portal/subscriptions";
    private static final String ONE = ALL + "/{sid}";

    private final Pages pages;
    private final Administration administration;
    private final Users users;

    /** Pages over what administrators do. */
    public SubscriptionPages(Pages pages, Administration administration, Users users) {
        this.pages = pages;
        this.administration = administration;
        this.users = users;
    }

    /** The addresses of the pages. */
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, explained(this::list)),
                Route.post(ALL, explained(this::subscribe)),
                Route.post("/portal/users", explained(this::addUser)),
                Route.get(ONE, explained(this::one)),
                Route.post(ONE + "/keys", explained(this::showKeys)),
                Route.post(ONE + "/regenerate-primary", explained(this::regeneratePrimaryKey)),
                Route.post(ONE + "/regenerate-secondary", explained(this::regenerateSecondaryKey)),
                Route.post(ONE + "/{action}", explained(this::act)));
    }

    private Reply list(PageRequest request) {
        User visitor = users.user(request.query("user").orElse(User.DEMO.id()));
        List<SubscriptionRow> rows =
                administration.subscriptions().stream().map(this::row).toList();
        return pages.page(
                "subscriptions",
                Map.of(
                        "rows",
                        rows,
                        "users",
                        users.all(),
                        "visitor",
                        visitor,
                        "products",
                        administration.products(visitor)));
    }

    private Reply one(PageRequest request) {
        return page(request, false);
    }

    private Reply showKeys(PageRequest request) {
        return page(request, true);
    }

    private Reply page(PageRequest request, boolean withKeys) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        return pages.page("subscription", Map.of("row", row(subscription), "withKeys", withKeys));
    }

    private Reply subscribe(PageRequest request) {
        User user = users.user(request.field("user"));
        return Pages.redirect(address(administration.subscribe(
                user, request.field("product"), request.field("name").strip())));
    }

    private Reply addUser(PageRequest request) {
        User user = users.add(
                request.field("firstName").strip(),
                request.field("lastName").strip(),
                request.field("email").strip());
        return Pages.redirect(ALL + "?user=" + user.id());
    }

    private Reply regeneratePrimaryKey(PageRequest request) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        administration.regeneratePrimaryKey(subscription.sid());
        return Pages.redirect(address(subscription.sid()));
    }

    private Reply regenerateSecondaryKey(PageRequest request) {
        Subscription subscription = administration.subscription(request.variable("sid"));
        administration.regenerateSecondaryKey(subscription.sid());
        return Pages.redirect(address(subscription.sid()));
    }

    /** The state may have changed since the page was shown. */
    private Reply act(PageRequest request) {
        SubscriptionAction action = SubscriptionAction.at(request.variable("action"))
                .orElseThrow(() -> PageError.notFound("There is no such action."));
        Subscription subscription = administration.subscription(request.variable("sid"));
        administration.update(subscription.sid(), SubscriptionChange.toState(action.result()), known -> {
            if (!action.isFor(known.state())) {
                throw new PageError(
                        409,
                        "State has changed",
                        "The subscription is " + row(known).state() + " now. Open it again.");
            }
        });
        return Pages.redirect(address(subscription.sid()));
    }

    private SubscriptionRow row(Subscription subscription) {
        String product = administration.products().stream()
                .filter(it -> subscription.productId().filter(it.id()::equals).isPresent())
                .map(Product::displayName)
                .findFirst()
                .orElse(subscription.scope());
        String owner = users.all().stream()
                .filter(user -> user.id().equals(subscription.ownerId()))
                .map(User::fullName)
                .findFirst()
                .orElse(null);
        return new SubscriptionRow(subscription, product, owner);
    }

    private static String address(String sid) {
        return ALL + "/" + sid;
    }

    private static Page explained(Page page) {
        return request -> {
            try {
                return page.answer(request);
            } catch (ManagementError e) {
                String details = e.details().stream()
                        .map(ManagementError.Detail::message)
                        .collect(Collectors.joining(" "));
                throw new PageError(
                        e.status(),
                        e.status() == 404 ? "Not found" : "Refused",
                        details.isEmpty() ? e.message() : details);
            }
        };
    }
}
