package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.Mistakes;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.managedapi.PolicyDocument;
import dev.bes.sandbox.managedapi.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the products, each with the document of its policies. */
final class ProductsReader {

    private static final String FOLDER = "policies/products";

    private final Documents documents;
    private final PolicyReader policies;
    private final Mistakes mistakes;
    private final Set<String> names = new HashSet<>();
    private final Set<String> files = new HashSet<>();

    ProductsReader(Documents documents, PolicyReader policies, Mistakes mistakes) {
        this.documents = documents;
        this.policies = policies;
        this.mistakes = mistakes;
    }

    List<Product> read(YamlNode root) {
        List<Product> products = new ArrayList<>();
        root.elements().forEach(each -> products.add(product(each)));
        for (String file : documents.xmlIn(FOLDER)) {
            if (!files.contains(file)) {
                mistakes.add(
                        file,
                        1,
                        1,
                        "no product has these policies",
                        "add a product with 'policy: " + file + "' to products.yaml, or remove the file");
            }
        }
        return List.copyOf(products);
    }

    private Product product(YamlNode at) {
        at.allow(
                "name",
                "displayName",
                "description",
                "subscriptionRequired",
                "approvalRequired",
                "subscriptionsLimit",
                "state",
                "groups",
                "policy");
        String name = at.text("name");
        if (!names.add(name)) {
            at.report("the product '" + name + "' stands twice", "give each product a name of its own");
        }
        return new Product(
                name,
                at.text("displayName"),
                at.text("description", ""),
                at.truth("subscriptionRequired", true),
                at.truth("approvalRequired", false),
                subscriptionsLimit(at),
                published(at),
                at.texts("groups"),
                at.require("policy").map(this::policies).orElse(PolicyDocument.INHERITED));
    }

    private static @Nullable Integer subscriptionsLimit(YamlNode at) {
        Optional<YamlNode> limit = at.find("subscriptionsLimit");
        if (limit.isEmpty()) {
            return null;
        }
        String text = limit.get().text();
        if (text.matches("[1-9]\\d{0,8}")) {
            return Integer.valueOf(text);
        }
        limit.get().report("'" + text + "' is no number of subscriptions", "write a whole number from 1");
        return null;
    }

    private static boolean published(YamlNode at) {
        String state = at.text("state", "published");
        if (!Set.of("published", "notPublished").contains(state)) {
            at.find("state")
                    .ifPresent(it -> it.report("unknown state '" + state + "'", "write published or notPublished"));
        }
        return state.equals("published");
    }

    private PolicyDocument policies(YamlNode at) {
        String file = at.text();
        files.add(file);
        Optional<String> text = documents.text(file);
        if (text.isEmpty()) {
            at.report("there is no file '" + file + "'", "write its policies there, or name another file");
            return PolicyDocument.INHERITED;
        }
        return policies.read(file, text.get(), PolicyReader.Scope.PRODUCT);
    }
}
