/** The pages of the subscriptions and their users. */
@NullMarked
package dev.bes.sandbox.portal.subscriptions;

import org.jspecify.annotations.NullMarked;
