import admin from './admin'
import attach from './attach'
import companion from './companion'
import desk from './desk'
import fields from './fields'
import kit from './kit'
import orders from './orders'
import queue from './queue'
import scripts from './scripts'
import search from './search'
import staff from './staff'
import wall from './wall'

export default { ...kit, ...staff, ...desk, ...orders, ...queue, ...companion, ...attach, ...scripts, ...search, ...admin, ...fields, ...wall }
