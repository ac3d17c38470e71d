"""One crawl of the site with icrawler. Arguments: folder, site as JSON, pictures, parallelism."""

import json
import logging
import sys
import time

from icrawler.builtin import BingImageCrawler
from icrawler.builtin.bing import BingFeeder

folder, site, pictures, parallelism = sys.argv[1:]
search = json.loads(site)["search"]


class LoopbackFeeder(BingFeeder):
    """Bing's feeder, asking this machine in place of bing.com."""

    def feed(self, keyword, offset, max_num, filters=None):
        for first in range(offset, offset + max_num, 20):
            self.out_queue.put(f"http://{search}/images/async?q={keyword}&first={first}")


began = time.time()
crawler = BingImageCrawler(
    feeder_cls=LoopbackFeeder,
    downloader_threads=int(parallelism),
    storage={"root_dir": folder},
    log_level=logging.ERROR,
)
crawler.crawl(keyword="faces", max_num=int(pictures), min_size=(100, 100))
print(json.dumps({
    "pictures": crawler.downloader.fetched_num,
    "began": began * 1000,
    "seconds": time.time() - began,
}))
