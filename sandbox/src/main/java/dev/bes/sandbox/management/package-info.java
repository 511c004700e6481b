/** API Management's management side: subscriptions, users and who may subscribe to which product. */
@NullMarked
package dev.bes.sandbox.management;

import org.jspecify.annotations.NullMarked;
