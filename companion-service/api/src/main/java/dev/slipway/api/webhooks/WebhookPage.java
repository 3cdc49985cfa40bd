package dev.slipway.api.webhooks;

import java.util.List;

/** One page of the list of webhooks. */
public record WebhookPage(List<Webhook> webhooks, long totalWebhooks, int currentPage) {}
