"""The one room of the library that knows Scrapy: how a run is driven, recorded, judged and kept polite."""
